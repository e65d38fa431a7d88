import { notFound } from '../../../shared/errors.ts'
import { useProfile } from '../../app/profiles.ts'
import { UsageError, type Command } from '../command.ts'
import { configOption, openPresentConfig } from '../config-edit.ts'

export const profile: Command = {
  name: 'profile',
  summary: 'Lists the profiles of a config, and switches between them.',
  operands: [
    { name: 'list|use', summary: 'what to do' },
    { name: 'NAME', summary: 'use: the name of the profile', optional: true },
  ],
  options: configOption,
  notes: [
    'A profile is a choice of port rules, and of how next-hop lists are set up. Its rules are switched on and those of other ' +
      'profiles off; connections of rules that stay as they are go on. A "nexthop serve" that runs on this config follows at once.',
  ],
  examples: [
    { line: 'nexthop profile list', says: 'the one in use has a star' },
    { line: 'nexthop profile use "At home"', says: 'switches' },
  ],
  run: async (given, context) => {
    const { console } = context
    const [action, name] = given.operands
    if (action !== 'list' && action !== 'use') throw new UsageError('profile takes list or use')
    if (action === 'list' && name !== undefined) throw new UsageError('list takes no NAME')
    if (action === 'use' && name === undefined) {
      throw new UsageError('NAME is missing: profile list tells which there are')
    }
    const { path, editor } = openPresentConfig(given, context)
    const { profiles, activeProfileId } = editor.config
    if (name === undefined) {
      for (const { id, name: known } of profiles) {
        const isActive = id === activeProfileId
        console.result(`${isActive ? '*' : ' '} ${known}`, { event: 'profile', id, name: known, isActive })
      }
      if (profiles.length === 0) console.note(`${path} has no profiles`)
      return 0
    }
    const found = profiles.find(
      (other) => other.name.toLowerCase() === name.toLowerCase() || other.id === name,
    )
    if (!found) throw notFound(`There is no profile "${name}" in ${path}: profile list tells which there are`)
    await editor.change((config) => ({ config: useProfile(config, found.id), value: undefined }))
    console.result(`${found.name} is in use`, { event: 'used', id: found.id, name: found.name })
    return 0
  },
}
