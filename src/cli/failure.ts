/**
 * An error that is told to the user in a sentence, without a stack: wrong usage, or an input or output that fails.
 * `hint` says what to do about it.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
