import type { CaptureProgress } from '../../../shared/captures.ts'
import type { Engine } from '../../engine/api.ts'
import type { CaptureRequest } from '../../engine/capture/captures.ts'

type Recorder = Pick<Engine, 'startCapture' | 'stopCapture'>

interface Shared {
  /** For threads that join later. */
  readonly request: CaptureRequest
  readonly parts: Map<Recorder, CaptureProgress>
}

/**
 * Recordings by several threads, each of its own connections, into one file: the first thread begins it, the others
 * append. What they tell of it becomes one progress.
 */
export class CaptureThreads {
  readonly #onProgress: (captures: readonly CaptureProgress[]) => void
  readonly #shared = new Map<string, Shared>()

  constructor(onProgress: (captures: readonly CaptureProgress[]) => void) {
    this.#onProgress = onProgress
  }

  async start(request: CaptureRequest, first: Recorder, further: readonly Recorder[]): Promise<void> {
    const bytes = new SharedArrayBuffer(8)
    const shared: Shared = { request: { ...request, shared: { bytes, isFirst: false } }, parts: new Map() }
    this.#shared.set(request.id, shared)
    shared.parts.set(first, nothingYet(request.id))
    try {
      await first.startCapture({ ...request, shared: { bytes, isFirst: true } })
    } catch (error) {
      this.#shared.delete(request.id)
      throw error
    }
    await Promise.all(further.map((recorder) => this.#join(shared, recorder)))
  }

  /** A thread was added. */
  joined(recorder: Recorder): void {
    for (const shared of this.#shared.values()) void this.#join(shared, recorder)
  }

  /** A thread died, and what it would have recorded with it. */
  lost(recorder: Recorder): void {
    for (const [id, { parts }] of this.#shared) {
      const part = parts.get(recorder)
      if (part) this.heard([{ ...part, id, endedAt: Date.now(), endedBy: 'engine' }], recorder)
    }
  }

  heard(news: readonly CaptureProgress[], from: Recorder): void {
    this.#onProgress(news.map((part) => this.#merge(part, from)))
  }

  #merge(part: CaptureProgress, from: Recorder): CaptureProgress {
    const shared = this.#shared.get(part.id)
    if (!shared) return part
    shared.parts.set(from, part)
    // A limit that one thread met counts for all.
    if (part.endedAt !== undefined) this.#endOthers(part.id, shared)
    const parts = [...shared.parts.values()]
    const sum = (of: 'bytes' | 'packets' | 'connections') => parts.reduce((total, one) => total + one[of], 0)
    const counts = { bytes: sum('bytes'), packets: sum('packets'), connections: sum('connections') }
    if (parts.some(({ endedAt }) => endedAt === undefined)) return { id: part.id, ...counts }
    this.#shared.delete(part.id)
    const cause = parts.find(({ endedBy }) => endedBy !== 'asked') ?? part
    return { ...cause, ...counts }
  }

  #endOthers(id: string, { parts }: Shared): void {
    for (const [recorder, { endedAt }] of parts) {
      if (endedAt === undefined) void recorder.stopCapture(id).catch(() => undefined)
    }
  }

  async #join({ request, parts }: Shared, recorder: Recorder): Promise<void> {
    parts.set(recorder, nothingYet(request.id))
    await recorder.startCapture(request).catch(() => parts.delete(recorder))
  }
}

function nothingYet(id: string): CaptureProgress {
  return { id, bytes: 0, packets: 0, connections: 0 }
}
