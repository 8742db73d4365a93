/** A failure that a person can mend: its message is the one line that is printed, and the exit code is 1. */
export class Failure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Failure';
  }
}
