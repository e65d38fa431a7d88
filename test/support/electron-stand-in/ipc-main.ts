import { EventEmitter } from 'node:events'
import type { IpcMain, IpcMainInvokeEvent } from 'electron'

type Handler = Parameters<IpcMain['handle']>[1]

export interface StandInFrame {
  readonly url: string
  readonly parent: object | null
}

/** `ipcMain`. Everything that passes is copied, as it is between processes. */
export class StandInIpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>()

  get channels(): readonly string[] {
    return [...this.#handlers.keys()]
  }

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`a second handler for ${channel}`)
    this.#handlers.set(channel, handler)
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** A message from a frame, as `ipcRenderer.invoke` sends it. */
  async receive(
    sender: object,
    senderFrame: StandInFrame | null,
    channel: string,
    input: readonly unknown[],
  ): Promise<unknown> {
    const handler = this.#handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    // The shell looks at these members of the event alone.
    const event = { sender, senderFrame } as unknown as IpcMainInvokeEvent
    const output: unknown = await handler(event, ...structuredClone(input))
    return structuredClone(output)
  }
}
