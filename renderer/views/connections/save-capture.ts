import type { App } from '../../state/app.svelte.ts'
import { saveBlob } from '../../state/save-file.ts'

/** Ends a recording and hands its file to the browser; false where that failed, which is shown. */
export async function saveCapture(app: App, id: string): Promise<boolean> {
  const capture = await app.run('capture.stop', { id })
  if (!capture) return false
  const parts: Uint8Array<ArrayBuffer>[] = []
  let offset = 0
  for (let hasMore = true; hasMore;) {
    const part = await app.run('capture.read', { id, offset })
    if (!part) return false
    const bytes = Uint8Array.from(atob(part.base64), (character) => character.charCodeAt(0))
    parts.push(bytes)
    offset += bytes.length
    hasMore = part.hasMore
  }
  saveBlob(capture.filename, new Blob(parts, { type: 'application/vnd.tcpdump.pcap' }))
  return true
}
