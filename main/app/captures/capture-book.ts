import type { CaptureOptions, CaptureProgress, CaptureView } from '../../../shared/captures.ts'
import { notFound } from '../../../shared/errors.ts'
import { say } from '../../../shared/told.ts'
import type { Engine } from '../../engine/api.ts'
import type { CaptureFolder } from './capture-folder.ts'

// Which recordings there are: those of this run, and files that earlier runs left.

export interface CaptureBook {
  /** Begins one in the folder, or in `path`. */
  start(options: CaptureOptions, path?: string): Promise<CaptureView>
  stop(id: string): Promise<CaptureView>
  /** Newest first. */
  list(): readonly CaptureView[]
  get(id: string): CaptureView
  remove(id: string): Promise<void>
  /** What the engine tells. */
  progressed(captures: readonly CaptureProgress[]): void
  /** The engine's thread died, and recordings with it. */
  engineLost(): void
}

export interface CaptureBookOptions {
  readonly engine: () => Pick<Engine, 'startCapture' | 'stopCapture'>
  readonly folder: CaptureFolder
  readonly program: string
  readonly onChange: (captures: readonly CaptureView[]) => void
}

/** Files that are kept; the oldest one goes when another recording begins. */
const mostKept = 50

export function createCaptureBook({ engine, folder, program, onChange }: CaptureBookOptions): CaptureBook {
  const captures = new Map<string, CaptureView>()

  function all(): CaptureView[] {
    // A file that somebody deleted by hand is no recording any more.
    for (const found of folder.list()) if (!captures.has(found.id)) captures.set(found.id, found)
    for (const [id, { endedAt, path }] of captures) {
      if (endedAt !== undefined && !folder.has(path)) captures.delete(id)
    }
    return [...captures.values()].sort((a, b) => b.startedAt - a.startedAt)
  }

  function get(id: string): CaptureView {
    const capture = captures.get(id) ?? all().find((found) => found.id === id)
    if (capture) return capture
    throw notFound(say('There is no such capture: it was deleted, or made room for newer ones'))
  }

  function tell(): void {
    onChange(all())
  }

  function makeRoom(): void {
    const ended = all().filter(({ endedAt, path }) => endedAt !== undefined && folder.owns(path))
    for (const { id, path } of ended.slice(mostKept - 1)) {
      folder.remove(path)
      captures.delete(id)
    }
  }

  async function start(options: CaptureOptions, path?: string): Promise<CaptureView> {
    if (path === undefined) makeRoom()
    const startedAt = Date.now()
    const place = path === undefined ? folder.newPlace(startedAt) : folder.placeOf(path)
    const begun = { ...place, of: options.of, startedAt, bytes: 0, packets: 0, connections: 0 }
    captures.set(place.id, begun)
    try {
      await engine().startCapture({ ...options, id: place.id, path: place.path, program })
    } catch (error) {
      captures.delete(place.id)
      throw error
    }
    tell()
    return get(place.id)
  }

  return {
    start,
    stop: async (id) => {
      get(id)
      await engine().stopCapture(id)
      return get(id)
    },
    list: all,
    get,
    remove: async (id) => {
      const { path } = get(id)
      await engine().stopCapture(id)
      folder.remove(path)
      captures.delete(id)
      tell()
    },
    progressed: (news) => {
      for (const progress of news) {
        const known = captures.get(progress.id)
        if (known) captures.set(progress.id, { ...known, ...progress })
      }
      tell()
    },
    engineLost: () => {
      for (const [id, capture] of captures) {
        if (capture.endedAt === undefined) {
          captures.set(id, { ...capture, endedAt: Date.now(), endedBy: 'engine' })
        }
      }
      tell()
    },
  }
}
