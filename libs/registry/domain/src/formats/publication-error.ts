/** Why a file of a publication cannot be read. The message is the end of a sentence that begins with the name of the file. */
export class PublicationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PublicationError';
  }
}
