/** Why a contestant cannot take part. */
export class MissingPeer extends Error {
  override readonly name = "MissingPeer";
  /** The command that installs what it lacks; undefined if nothing helps. */
  readonly remedy: string | undefined;

  constructor(reason: string, remedy?: string) {
    super(reason);
    this.remedy = remedy;
  }
}
