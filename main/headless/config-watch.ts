import { stat } from 'node:fs/promises'
import { toFailure } from '../../shared/errors.ts'
import type { Application } from '../app/application.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import { InvalidError } from '../app/invalid-error.ts'
import { tellMistakes } from './config-mistakes.ts'

const pollMs = 1000

/**
 * Takes over a config file that somebody else changed: at once on SIGHUP, else within a second or so. A broken file is
 * reported, and what runs stays. Returns the function that ends it.
 *
 * Looking at the file's stamp every second rather than file events, which are lost over links, mounts and renames. The
 * first look always reads the file, which may have changed since it was loaded; node's watchFile would miss that.
 */
export function watchConfig(app: Application, path: string): () => void {
  const reload = () => {
    app.reload().catch((error: unknown) => {
      app.log.error(explainReload(error))
    })
  }
  let known: string | undefined
  const look = async () => {
    const stamp = await stampOf(path)
    if (stamp === known) return
    if (stamp === '' && known !== undefined) {
      app.log.warn(
        `The config ${path} is gone, and what runs stays as it is. The next change here writes it anew; ` +
          'whatever else is put there takes its place.',
      )
    }
    // Noted before the file is read: a write in between changes the stamp again.
    known = stamp
    reload()
  }
  const timer = setInterval(() => void look(), pollMs)
  process.on('SIGHUP', reload)
  return () => {
    clearInterval(timer)
    process.off('SIGHUP', reload)
  }
}

/** Differs for every two versions of a file; empty where there is none, or none that can be seen. */
async function stampOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(path, { bigint: true })
    return `${ino} ${size} ${mtimeNs}`
  } catch {
    return ''
  }
}

/** As many as one line of a log can bear. */
const mostTold = 10

function explainReload(error: unknown): string {
  if (!(error instanceof InvalidError)) {
    return `The config was not read again, and what runs stays as it is. ${explainInFull(toFailure(error))}`
  }
  const mistakes = tellMistakes(error)
  const count = `${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}`
  const more = mistakes.length > mostTold ? ` (and ${mistakes.length - mostTold} more: nexthop validate)` : ''
  return `The changed config has ${count}, and what runs stays as it is. ${mistakes.slice(0, mostTold).join('; ')}${more}.`
}
