import { stat } from 'node:fs/promises'
import { toFailure } from '../../shared/errors.ts'
import type { Application } from '../app/application.ts'
import { explainInFull } from '../../shared/texts/explain.ts'
import { errnoOf } from '../app/bind-failure.ts'
import { InvalidError } from '../app/invalid-error.ts'
import { tellMistakes } from './config-mistakes.ts'

const pollMs = 1000

/**
 * Takes over a config file that somebody else changed: at once on SIGHUP, which always gets an answer, else within a second
 * or so. A broken file is reported, and what runs stays; so it is when it is fine again. Returns the function that ends it.
 *
 * Looking at the file's stamp every second rather than file events, which are lost over links, mounts and renames. The
 * first look always reads the file, which may have changed since it was loaded; node's watchFile would miss that.
 */
export function watchConfig(app: Pick<Application, 'reload' | 'refresh' | 'log'>, path: string): () => void {
  let known: string | undefined
  let isAmiss = false
  let isOver = false

  const reload = async (isAsked: boolean) => {
    try {
      const hasChanged = await app.reload()
      if (isOver) return
      // The same config may name a file that holds another password by now.
      if (!hasChanged && isAsked) await app.refresh()
      // Taken over, it was told already.
      if (!hasChanged && (isAsked || isAmiss))
        app.log.info(`The config ${path} is fine, and says nothing new.`)
      isAmiss = false
    } catch (error) {
      if (isOver) return
      isAmiss = true
      app.log.error(explainReload(error))
    }
  }

  const look = async (isAsked: boolean) => {
    const stamp = await stampOf(path)
    if (isOver) return
    if (stamp === known && !isAsked) return
    const wasThere = known !== undefined && known !== missing
    // Noted before the file is read: a write in between changes the stamp again.
    known = stamp
    if (stamp !== missing) return reload(isAsked)
    if (!wasThere && !isAsked) return
    isAmiss = true
    app.log.warn(
      `The config ${path} is ${wasThere ? 'gone' : 'not there'}, and what runs stays as it is. The next change here ` +
        'writes it anew; whatever else is put there takes its place.',
    )
  }
  const onSignal = () => void look(true)
  const timer = setInterval(() => void look(false), pollMs)
  process.on('SIGHUP', onSignal)
  return () => {
    isOver = true
    clearInterval(timer)
    process.off('SIGHUP', onSignal)
  }
}

const missing = 'ENOENT'

/** Differs for every two versions of a file, and where its rights change; the system's error where it can't be seen. */
async function stampOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`
  } catch (error) {
    return errnoOf(error)
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
