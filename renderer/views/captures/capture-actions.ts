import type { CaptureView } from '../../../shared/captures.ts'
import type { App } from '../../state/app.svelte.ts'
import { saveBlob } from '../../state/save-file.ts'
import { captureTexts } from './capture-texts.ts'

/** So many parts become one blob, which the browser may keep on its disk: a recording can be larger than the memory. */
const partsPerBlob = 32

/** Ends a recording and hands its file to the browser; false where that failed, which is shown. */
export async function saveCapture(app: App, id: string): Promise<boolean> {
  const capture = await app.run('capture.stop', { id })
  if (!capture) return false
  const blobs: Blob[] = []
  let parts: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  for (let hasMore = true; hasMore;) {
    const part = await app.run('capture.read', { id, offset })
    if (!part) return false
    const bytes = Uint8Array.from(atob(part.base64), (character) => character.charCodeAt(0))
    parts.push(bytes)
    offset += bytes.length
    hasMore = part.hasMore
    if (parts.length < partsPerBlob) continue
    blobs.push(new Blob(parts))
    parts = []
  }
  saveBlob(capture.filename, new Blob([...blobs, ...parts], { type: 'application/vnd.tcpdump.pcap' }))
  return true
}

export async function stopCapture(app: App, id: string): Promise<void> {
  const capture = await app.run('capture.stop', { id })
  if (capture) app.toasts.show(captureTexts[app.language].stopped(capture.packets))
}

/** Deletes a recording, which nothing brings back: asks before, unless the settings want no questions. */
export function removeCapture(app: App, { id, filename }: CaptureView): void {
  const run = async () => {
    if (await app.run('capture.remove', { id })) app.toasts.show(app.t.common.removed(filename))
  }
  if (!(app.store.snapshot?.config.settings.confirmations ?? true)) {
    void run()
    return
  }
  const { removeQuestion, removeText } = captureTexts[app.language]
  const question = {
    title: removeQuestion,
    text: removeText(filename),
    action: app.t.common.remove,
    run: () => void run(),
  }
  app.dialogs.show({ kind: 'confirm', question })
}
