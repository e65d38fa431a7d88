import type { TextFile } from '../../shared/calls/call.ts'

/** Hands a text to the browser as a file to keep. */
export function saveFile({ filename, text }: TextFile, type = 'text/plain'): void {
  saveBlob(filename, new Blob([text], { type }))
}

export function saveBlob(filename: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = filename
  link.click()
  // The download reads the address only after this task.
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 10_000)
}
