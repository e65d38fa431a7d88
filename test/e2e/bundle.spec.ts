import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'

const folder = fileURLToPath(new URL('../../out/renderer/', import.meta.url))
const mostBytes = 210_000
const mostBytesZipped = 72_000

test('what the page loads at first is small', async () => {
  const page = await readFile(`${folder}index.html`, 'utf8')
  const paths = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, path = '']) => path)
  expect(paths.length).toBeGreaterThan(1)
  const files = await Promise.all(paths.map((path) => readFile(`${folder}${path}`)))
  const bytes = files.reduce((sum, file) => sum + file.length, 0)
  const zipped = files.reduce((sum, file) => sum + gzipSync(file).length, 0)
  console.log(`What the page loads at first: ${bytes} bytes, ${zipped} zipped`)
  expect.soft(bytes, 'scripts and styles, minified').toBeLessThan(mostBytes)
  expect.soft(zipped, 'the same with gzip').toBeLessThan(mostBytesZipped)
})
