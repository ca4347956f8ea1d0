/** A number that is set off from the name before it: of a worker, an instance, a processor. */
const setOffNumber = /([-_:#/ .])\d+(?![a-z\d])/gi;

/**
 * A task's name without the number that tells workers of one program apart: `worker-21` is `worker-<n>`. A number that is
 * a part of the word stays, since it names the program: `python3`, `mysql8d`, and so does a version with a dot in it.
 */
export function namePattern(name: string): string {
  return /\d\.\d/.test(name) ? name : name.replace(setOffNumber, "$1<n>");
}
