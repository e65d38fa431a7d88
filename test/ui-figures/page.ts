import type { Part } from './part.ts'

const head = `# What the UI costs

Measured by \`npm run ui-figures\` in a Chromium without a GPU, on \`nexthop serve\`, with the browser's own clocks;
\`npm run ui-figures -- NAME …\` measures some parts anew.
`

/** A part of the page, with the words that say where and when it was measured. */
export function section(
  { name, title }: Part,
  machine: string,
  rows: readonly (readonly [string, string])[],
): string {
  return [
    `## ${title}`,
    '',
    `\`${name}\`: ${machine}.`,
    '',
    '| what | figure |',
    '| --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
  ].join('\n')
}

/** The page with some of its sections anew; the others stay as they are. */
export function renew(before: string, parts: readonly Part[], measured: ReadonlyMap<string, string>): string {
  const sections = parts.flatMap(({ name, title }) => measured.get(name) ?? sectionOf(before, title) ?? [])
  return [head, ...sections].join('\n')
}

function sectionOf(page: string, title: string): string | undefined {
  const found = page.split(/^(?=## )/m).find((part) => part.startsWith(`## ${title}\n`))
  return found && `${found.trimEnd()}\n`
}
