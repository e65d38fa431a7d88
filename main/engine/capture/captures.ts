import type { CaptureEnd, CaptureOptions, CaptureProgress } from '../../../shared/captures.ts'
import { notFound } from '../../../shared/errors.ts'
import { wallNow } from '../clock.ts'
import { openCaptureFile, type CaptureFile } from './capture-file.ts'
import { ConnectionCapture } from './connection-capture.ts'
import { Recording } from './recording.ts'

export interface CaptureRequest extends CaptureOptions {
  readonly id: string
  /** Of the file, which is overwritten. */
  readonly path: string
  /** Who records, with the version. */
  readonly program: string
  /** Where several threads record into one file: the bytes of all (one BigInt64), and who begins it. */
  readonly shared?: { readonly bytes: SharedArrayBuffer; readonly isFirst: boolean }
}

/** What of a connection decides whether it is recorded. */
export interface Recordable {
  readonly id: string
  readonly rule: { readonly id: string; readonly name: string }
  record(capture: ConnectionCapture, isNew: boolean): void
}

interface Running {
  readonly request: CaptureRequest
  readonly recording: Recording
  readonly file: CaptureFile
  readonly timer: NodeJS.Timeout
  progress: CaptureProgress
  /** What was told of it last. */
  told?: CaptureProgress
}

/** How often at most the growth of recordings is told. */
const tellMs = 1000

/** The recordings under way. Nothing here costs anything while there is none. */
export class Captures {
  readonly #onProgress: (captures: readonly CaptureProgress[]) => void
  readonly #running = new Map<string, Running>()
  readonly #closing = new Set<Promise<void>>()
  #ticking: NodeJS.Timeout | undefined

  constructor(onProgress: (captures: readonly CaptureProgress[]) => void) {
    this.#onProgress = onProgress
  }

  /**
   * Begins to record what is open now and what comes. Rejects where the file can't be written, or the one connection to
   * record is not open.
   * @param secrets passwords to blank, unless they are to be kept
   */
  async start(
    request: CaptureRequest,
    open: () => Iterable<Recordable>,
    secrets: () => readonly string[],
  ): Promise<void> {
    const matching = () => [...open()].filter((connection) => matches(request, connection))
    if (request.of.kind === 'connection' && matching().length === 0) {
      throw notFound('There is no such open connection: only open ones can be recorded')
    }
    const { payloadBytes, decodeFriendly, program, id, shared } = request
    const isFirst = shared?.isFirst ?? true
    const total = new BigInt64Array(shared?.bytes ?? new ArrayBuffer(8))
    const file = await openCaptureFile(request.path, isFirst)
    const write = (block: Buffer) => {
      const running = this.#running.get(id)
      if (!running) return
      const before = Number(Atomics.add(total, 0, BigInt(block.length)))
      if (before + block.length > request.maxBytes) return this.#end(id, 'size')
      const bytes = running.progress.bytes + block.length
      running.progress = { ...running.progress, bytes, packets: recording.packets }
      if (!file.write(block)) this.#end(id, 'disk')
    }
    const recording = new Recording(
      { payloadBytes, decodeFriendly, program, secrets: request.keepPasswords ? undefined : secrets },
      write,
      wallNow,
    )
    const timer = setTimeout(() => this.#end(id, 'time'), request.maxMs)
    const progress = { id, bytes: 0, packets: 0, connections: 0 }
    const running = { request, recording, file, timer, progress }
    this.#running.set(id, running)
    if (isFirst) recording.begin()
    for (const connection of matching()) this.#record(running, connection, false)
    this.#ticking ??= setInterval(() => this.#tell(), tellMs).unref()
    this.#tell()
    // Others may write from now on, and must find the head there.
    await file.flush()
  }

  /** Ends a recording and resolves when its file is complete; nothing where it ended before. */
  async stop(id: string): Promise<void> {
    this.#end(id, 'asked')
    await Promise.all(this.#closing)
  }

  /** A connection was accepted. */
  opened(connection: Recordable): void {
    if (this.#running.size === 0) return
    for (const running of [...this.#running.values()]) {
      if (matches(running.request, connection)) this.#record(running, connection, true)
    }
  }

  closed({ id }: Recordable): void {
    if (this.#running.size === 0) return
    for (const { request } of [...this.#running.values()]) {
      if (request.of.kind === 'connection' && request.of.connectionId === id) {
        // The ends of its sockets are still to be seen.
        setImmediate(() => this.#end(request.id, 'connection-closed'))
      }
    }
  }

  async close(): Promise<void> {
    for (const id of [...this.#running.keys()]) this.#end(id, 'engine')
    await Promise.all(this.#closing)
  }

  #record(running: Running, connection: Recordable, isNew: boolean): void {
    if (running.recording.isOver) return
    running.progress = { ...running.progress, connections: running.progress.connections + 1 }
    const about = `Connection ${connection.id} of port rule "${connection.rule.name}"`
    connection.record(new ConnectionCapture(running.recording, about), isNew)
  }

  #end(id: string, endedBy: CaptureEnd): void {
    const running = this.#running.get(id)
    if (!running) return
    this.#running.delete(id)
    running.recording.isOver = true
    clearTimeout(running.timer)
    if (this.#running.size === 0) {
      clearInterval(this.#ticking)
      this.#ticking = undefined
    }
    const closing = running.file.close().then(() => {
      this.#closing.delete(closing)
      this.#onProgress([{ ...running.progress, endedAt: Date.now(), endedBy }])
    })
    this.#closing.add(closing)
  }

  #tell(): void {
    const news = [...this.#running.values()].filter(({ progress, told }) => progress !== told)
    for (const running of news) running.told = running.progress
    if (news.length > 0) this.#onProgress(news.map(({ progress }) => progress))
  }
}

function matches({ of }: CaptureRequest, { id, rule }: Recordable): boolean {
  switch (of.kind) {
    case 'all':
      return true
    case 'rule':
      return rule.id === of.ruleId
    case 'connection':
      return id === of.connectionId
  }
}
