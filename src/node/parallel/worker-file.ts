/** The code of a worker; null where the program has no such file: then one thread does all. */
let file: string | null = null;

/** Says where the build has put parallel/worker.js. */
export function bringWorkerFile(path: string): void {
  file = path;
}

/** @see bringWorkerFile */
export function workerFile(): string | null {
  return file;
}
