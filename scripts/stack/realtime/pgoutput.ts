import { type Pgoutput, PgoutputPlugin } from "pg-logical-replication";

type Client = Parameters<PgoutputPlugin["start"]>[0];

/** A part of the stream that could not be decoded. */
export interface Undecodable {
  readonly tag: "undecodable";
  readonly error: Error;
}

/**
 * Decodes the stream of a publication, from a slot that ends with its connection: after a crash
 * nothing is left that keeps the server from recycling its log.
 */
export class PublicationPlugin {
  readonly name = "pgoutput";
  readonly options = {};
  readonly #plugin: PgoutputPlugin;

  constructor(publication: string) {
    this.#plugin = new PgoutputPlugin({ protoVersion: 1, publicationNames: [publication] });
  }

  /** Creates the slot and streams from it; settles when the stream ends. */
  async start(client: Client, slotName: string): Promise<unknown> {
    await client.query(
      `CREATE_REPLICATION_SLOT "${slotName}" TEMPORARY LOGICAL ${this.name} NOEXPORT_SNAPSHOT`,
    );
    return await this.#plugin.start(client, slotName, "0/0");
  }

  /** Never raises: it is called from a socket's event, where nobody could catch. */
  parse(buffer: Parameters<PgoutputPlugin["parse"]>[0]): Pgoutput.Message | Undecodable {
    try {
      const message = this.#plugin.parse(buffer);
      if (message.tag === "relation") {
        // Values stay the text that Postgres wrote: JSON is passed on as it is, not parsed and
        // printed again.
        for (const column of message.columns) column.parser = (text: string) => text;
      }
      return message;
    } catch (error) {
      return { tag: "undecodable", error: error instanceof Error ? error : new Error(`${error}`) };
    }
  }
}
