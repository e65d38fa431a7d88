import { readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { chromiumArgs, chromiumPath } from '../e2e/support/chromium.ts'
import { changes } from './changes.ts'
import { manyConnections } from './connections.ts'
import { idle } from './idle.ts'
import { manyRulesAndHops } from './many-rules.ts'
import { renew, section } from './page.ts'

// npm run ui-figures [-- NAME …]: what the UI costs, measured in a real Chromium, into docs/ui-figures.md.

const parts = [idle, changes, manyConnections, manyRulesAndHops]
const names = process.argv.slice(2)
const unknown = names.find((name) => !parts.some((part) => part.name === name))
if (unknown !== undefined) {
  throw new Error(`There is no part "${unknown}", only ${parts.map(({ name }) => name).join(', ')}`)
}
if (chromiumPath === undefined) throw new Error('there is no Chromium here; CHROMIUM can name one')

const measured = new Map<string, string>()
for (const part of parts.filter(({ name }) => names.length === 0 || names.includes(name))) {
  console.log(`${part.title} …`)
  const load = loadavg()[0]?.toFixed(1) ?? '?'
  // Each in a browser of its own, so that none pays for what another one left behind.
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArgs] })
  try {
    const rows = await part.measure(browser)
    const cores = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`
    const text = section(part, `Chromium ${browser.version()}, ${cores}, load ${load} when it began`, rows)
    console.log(text)
    measured.set(part.name, text)
  } finally {
    await browser.close()
  }
}
const path = fileURLToPath(new URL('../../docs/ui-figures.md', import.meta.url))
await writeFile(path, renew(await readFile(path, 'utf8'), parts, measured))
