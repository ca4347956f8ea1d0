/** Settings that bound the number of a program's processes. */
const poolSettings: readonly { readonly names: RegExp; readonly setting: string }[] = [
  { names: /^php-fpm/, setting: "pm.max_children" },
  { names: /^(?:httpd|apache2?)/, setting: "MaxRequestWorkers" },
  { names: /^(?:gunicorn|uwsgi|puma|unicorn|celery)/, setting: "its number of workers" },
  { names: /^(?:postgres|postmaster|oracle)/, setting: "max_connections, or a connection pool" },
  { names: /^(?:cc1(?:plus)?|clang|rustc|ld|lto1|javac)/, setting: "the jobs of the build (make -j)" },
  { names: /^(?:chrome|Web Content|Isolated Web Co|firefox)/, setting: "open tabs and extensions" },
];

/** What bounds the number of a program's workers; undefined for a program that is not known to have any. */
export function poolSetting(name: string): string | undefined {
  return poolSettings.find(({ names }) => names.test(name))?.setting;
}
