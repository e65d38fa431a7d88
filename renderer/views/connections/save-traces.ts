import type { App } from '../../state/app.svelte.ts'
import { saveFile } from '../../state/save-file.ts'
import { connectionTexts } from './connection-texts.ts'

/** More than these are a log and no help; what comes first in the list is saved. */
const mostTraces = 1000

/** Saves the traces of connections into one file, a JSON object per line. */
export async function saveTraces(app: App, ids: readonly string[]): Promise<void> {
  const file = await app.run('connection.export', { ids: ids.slice(0, mostTraces), language: app.language })
  if (!file) return
  saveFile(file, 'application/jsonl')
  // Some may not be kept any more.
  const saved = file.text.split('\n').length - 1
  app.toasts.show(connectionTexts[app.language].savedTraces(saved, ids.length))
}

/** One trace as a JSON document. */
export async function saveTrace(app: App, id: string): Promise<void> {
  const file = await app.run('connection.export', { ids: [id], language: app.language })
  if (file) saveFile({ filename: `nexthop-connection-${id}.json`, text: file.text }, 'application/json')
}
