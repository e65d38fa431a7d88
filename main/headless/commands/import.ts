import type { ImportFormat } from '../../../shared/calls/config-calls.ts'
import { conflict } from '../../../shared/errors.ts'
import { transferHandlers } from '../../app/transfer/transfer.ts'
import { createTrash } from '../../app/trash.ts'
import type { Command } from '../command.ts'
import { configOption, openConfig } from '../config-edit.ts'
import { inputName, readInput } from '../read-input.ts'
import { tellChanges, tellOutcome } from '../tell-changes.ts'

const formats: Record<ImportFormat, string> = {
  nexthop: 'a Nexthop config',
  ssh: 'a list of ssh commands',
  gost: 'a list of GOST commands',
  xray: 'a V2Ray or Xray config',
  mihomo: 'a mihomo config',
  proxifier: 'a Proxifier profile',
}

export const importCommand: Command = {
  name: 'import',
  summary: 'Takes over next hops, lists and port rules from another program, or from a Nexthop export.',
  operands: [{ name: 'FILE', summary: 'what to import, - for stdin' }],
  options: {
    ...configOption,
    'dry-run': { type: 'boolean', summary: 'tell what would change, and change nothing' },
  },
  notes: [
    'It recognises ssh -L and -D lines, gost commands, V2Ray and Xray configs (dokodemo-door, socks), mihomo configs ' +
      '(tunnels, socks5 proxies, groups) and Proxifier profiles (.ppx). What has no place in Nexthop is listed, a line each.',
    'Importing the same file again changes what came from it before, and adds nothing twice. Locked passwords of an ' +
      'export stay behind. A "nexthop serve" that runs on this config follows at once.',
  ],
  examples: [
    { line: 'nexthop import xray.json --dry-run', says: 'what would come of it' },
    {
      line: "echo 'ssh -D 1080 -L 9102:db.internal:5432 bastion' | nexthop import -",
      says: 'a tunnel that was typed by hand',
    },
  ],
  run: async (given, context) => {
    const { console } = context
    const [source = ''] = given.operands
    const edited = openConfig(given, context)
    const handlers = transferHandlers(edited.editor, createTrash())
    const text = readInput(source)
    if (text.trim() === '') throw conflict(`${inputName(source)} is empty: there is nothing to import`)
    const input = { text, mode: 'merge' } as const
    const preview = await handlers['config.previewImport'](input)
    const isDryRun = given.flag('dry-run')
    // Before a word of it: who can't save has changed nothing.
    if (!preview.isEmpty && !isDryRun) await handlers['config.import'](input)
    console.result(`this is ${formats[preview.format]}`, { event: 'format', format: preview.format })
    tellChanges(preview, console)
    for (const message of preview.unmapped) {
      console.result(`left out ${message}`, { event: 'unmapped', message })
    }
    if (preview.isEmpty) {
      console.error('Nothing is imported, for there is no next hop, list, port rule or condition that can be')
      return 1
    }
    tellOutcome(edited, isDryRun, preview, console)
    return 0
  },
}
