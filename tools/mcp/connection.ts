/** The line to one server: kept open, opened anew after a loss, never waited for long. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  type CallToolResult,
  CallToolResultSchema,
  EmptyResultSchema,
  McpError,
  type Tool,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type {
  JsonSchemaValidatorResult,
  jsonSchemaValidator,
} from '@modelcontextprotocol/sdk/validation/types.js';
import { faultOf, isSessionLost } from './faults.ts';
import { listTools } from './listing.ts';
import { type ServerSettings, titleOf } from './settings.ts';
import { type Heard, transportTo } from './transport.ts';
import { failureOf } from './words.ts';

const connectWithinMs = 5_000;
const pingWithinMs = 3_000;
const beatMs = 30_000;
/** A server that cannot tell of changes is asked for its tools every so many beats. */
const beatsPerList = 10;
const leaveWithinMs = 500;
/** So long a failed try stands for the next one: nobody waits for what just was not there. */
const failureCountsMs = 2_000;
const retryAfterMs = { first: 1_000, most: 60_000 };
/** A server that tells of changes all the time is asked this often and no more. */
const listPauseMs = 500;

/** Servers' own output schemas are compiled by nobody here. */
const noValidator: jsonSchemaValidator = {
  getValidator:
    <Value>() =>
    (input: unknown): JsonSchemaValidatorResult<Value> => ({
      ...{ valid: true, data: input as Value, errorMessage: undefined },
    }),
};

interface Options {
  server: ServerSettings;
  /** The server's tools, or whether it is there, may be others now. */
  onNews: () => void;
}

export class Connection {
  readonly server: ServerSettings;
  readonly #options: Options;
  readonly #heard: Heard = {};
  #client: Client | undefined;
  #opening: Promise<Client> | undefined;
  #failure: { error: unknown; atMs: number } | undefined;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;
  #listing: Promise<void> | undefined;
  #listAgain = false;
  #tools: readonly Tool[] = [];
  #checking: Promise<void> | undefined;
  #closed = false;
  readonly #beat: NodeJS.Timeout;

  constructor(options: Options) {
    this.server = options.server;
    this.#options = options;
    let beats = 0;
    this.#beat = setInterval(() => {
      beats += 1;
      void this.#check();
      if (beats % beatsPerList === 0) this.#listSoon();
    }, beatMs).unref();
  }

  /** As the server listed them last; they stay while it is away. */
  get tools(): readonly Tool[] {
    return this.#tools;
  }

  /** Opens it and asks for the tools. Never throws: a server that is away comes back later. */
  async start(): Promise<void> {
    await this.#ready().catch(() => undefined);
  }

  /** @throws {ToolError} where the server is not there. */
  async ping(language: string): Promise<void> {
    try {
      const client = await this.#ready();
      await client.request({ method: 'ping' }, EmptyResultSchema, { timeout: pingWithinMs });
    } catch (error) {
      throw this.#sentence(error, { language, effect: false });
    }
  }

  /**
   * Calls a tool. What the server never got, or only reads, is asked once more on a new line.
   * @throws {ToolError} with a sentence, or the signal's own reason.
   */
  async call(
    tool: string,
    input: Record<string, unknown>,
    call: { signal: AbortSignal; language: string; effect: boolean },
  ): Promise<CallToolResult> {
    const { signal } = call;
    const params = { name: tool, arguments: input };
    try {
      const client = await this.#ready(signal);
      try {
        return await this.#request(client, params, signal);
      } catch (error) {
        const forgotten = client.transport?.sessionId !== undefined && isSessionLost(error);
        const harmless = !call.effect && faultOf(error) === 'broken-off';
        if (signal.aborted || !(forgotten || harmless)) throw error;
        this.#drop(client);
        return await this.#request(await this.#ready(signal), params, signal);
      }
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw this.#sentence(error, call);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#beat);
    clearTimeout(this.#retry);
    const client = this.#client;
    const transport = client?.transport;
    if (transport instanceof StreamableHTTPClientTransport) {
      const over = transport.terminateSession().catch(() => undefined);
      await Promise.race([over, sleep(leaveWithinMs, undefined, { ref: false })]);
    }
    await client?.close().catch(() => undefined);
  }

  #sentence(error: unknown, { language, effect }: { language: string; effect: boolean }): Error {
    const { name, url } = this.server;
    const renew = url ? `Set a new MCP_TOKEN for ${name}.` : `Give ${name} access again.`;
    const seconds = this.#heard.retryAfterSeconds;
    const title = titleOf(name);
    return failureOf(faultOf(error), { title, language, renew, seconds, effect });
  }

  async #request(
    client: Client,
    params: { name: string; arguments: Record<string, unknown> },
    signal: AbortSignal,
  ): Promise<CallToolResult> {
    // A signal of this call alone: the SDK would tell the server of an abort long after the answer.
    const own = new AbortController();
    const abort = (): void => own.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await client.request({ method: 'tools/call', params }, CallToolResultSchema, {
        signal: own.signal,
        timeout: this.server.timeout * 1000,
      });
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** The open line. @throws what opening it threw, also when that was a moment ago. */
  async #ready(signal?: AbortSignal): Promise<Client> {
    if (this.#client) return this.#client;
    const failure = this.#failure;
    if (failure && performance.now() - failure.atMs < failureCountsMs) throw failure.error;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    if (!signal) return await this.#opening;
    const stopped = new AbortController();
    const aborted = sleep(connectWithinMs, undefined, {
      signal: AbortSignal.any([signal, stopped.signal]),
      ref: false,
    }).then(() => {
      throw new McpError(-32001, 'connecting takes too long');
    });
    aborted.catch(() => undefined);
    try {
      return await Promise.race([this.#opening, aborted]);
    } finally {
      stopped.abort();
    }
  }

  async #open(): Promise<Client> {
    const { server } = this;
    const client = new Client(
      { name: 'butler', version: '1' },
      // Nothing is offered: no sampling, no roots, no questions to the person.
      { capabilities: {}, jsonSchemaValidator: noValidator },
    );
    client.onclose = () => this.#lost(client);
    client.onerror = () => void (this.#client === client && this.#check());
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => this.#listSoon());
    try {
      const timeoutMs = server.timeout * 1000 + 1000;
      const transport = transportTo(server, { timeoutMs, heard: this.#heard });
      await client.connect(transport, { timeout: connectWithinMs });
      const tools = await listTools(client);
      if (this.#closed) throw new Error('The house is closing.');
      this.#client = client;
      this.#failure = undefined;
      this.#failures = 0;
      this.#tools = tools;
      this.#options.onNews();
      return client;
    } catch (error) {
      void client.close().catch(() => undefined);
      this.#failure = { error, atMs: performance.now() };
      this.#retryLater();
      throw error;
    }
  }

  /** After a moment, and once for all changes until then. */
  #listSoon(): void {
    this.#listAgain = true;
    this.#listing ??= this.#relist().finally(() => {
      this.#listing = undefined;
    });
  }

  async #relist(): Promise<void> {
    while (this.#listAgain && this.#client && !this.#closed) {
      this.#listAgain = false;
      const tools = await listTools(this.#client).catch(() => undefined);
      if (tools) {
        this.#tools = tools;
        this.#options.onNews();
      }
      await sleep(listPauseMs, undefined, { ref: false });
    }
  }

  /** Whether it is still there; where it is not, whoever waits hears so now. */
  async #check(): Promise<void> {
    const client = this.#client;
    if (!client) return;
    this.#checking ??= client
      .request({ method: 'ping' }, EmptyResultSchema, { timeout: pingWithinMs })
      .then(() => undefined)
      .catch((error: unknown) => {
        // It may be busy, or know no ping: then it is there.
        const fault = faultOf(error);
        if (fault !== 'service-refused' && fault !== 'too-many-requests') this.#drop(client);
      })
      .finally(() => {
        this.#checking = undefined;
      });
    await this.#checking;
  }

  #drop(client: Client): void {
    void client.close().catch(() => undefined);
    this.#lost(client);
  }

  #lost(client: Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#retryLater();
  }

  #retryLater(): void {
    if (this.#closed) return;
    clearTimeout(this.#retry);
    const waitMs = Math.min(retryAfterMs.first * 2 ** this.#failures, retryAfterMs.most);
    this.#failures += 1;
    this.#retry = setTimeout(() => void this.start(), waitMs).unref();
  }
}
