import { notFound } from '../../shared/errors.ts'
import type { Config } from '../../shared/model/config.ts'
import { withoutHop, type NextHopList } from '../../shared/model/next-hop-list.ts'
import type { Profile } from '../../shared/model/profile.ts'
import { say } from '../../shared/told.ts'
import type { ConfigEditor, Edit } from './config-editor.ts'
import type { Handlers } from './dispatch.ts'
import { upsert } from './parts.ts'
import { putBack, type Restore, type Trash } from './trash.ts'

// Keeping profiles and switching between them. The engine's own diff leaves the connections of all other rules alone.

type ProfileCalls = 'profile.save' | 'profile.use' | 'profile.remove'

export function profileHandlers(editor: ConfigEditor, trash: Trash): Pick<Handlers, ProfileCalls> {
  return {
    'profile.save': ({ profile }) => editor.change((config) => saveProfile(config, profile)),
    'profile.use': ({ id }) => editor.change((config) => ({ config: useProfile(config, id), value: {} })),
    'profile.remove': async ({ id }) => trash.put(await editor.change((config) => removeProfile(config, id))),
  }
}

function saveProfile(config: Config, profile: Profile): Edit<{ readonly id: string }> {
  return {
    config: { ...config, profiles: upsert(config.profiles, profile) },
    value: { id: profile.id },
  }
}

export function useProfile(config: Config, id: string): Config {
  const profile = config.profiles.find((other) => other.id === id)
  if (!profile) throw notFound(say('There is no such profile: it may have been removed already'))
  const on = new Set(profile.ruleIds)
  const known = new Set(config.profiles.flatMap(({ ruleIds }) => ruleIds))
  const hopIds = new Set(config.hops.map((hop) => hop.id))
  return {
    ...config,
    rules: config.rules.map((rule) =>
      known.has(rule.id) && rule.enabled !== on.has(rule.id) ? { ...rule, enabled: on.has(rule.id) } : rule,
    ),
    lists: config.lists.map((list) => {
      const wanted = profile.lists.find((other) => other.id === list.id)
      return wanted ? asWanted(list, wanted, hopIds) : list
    }),
    activeProfileId: id,
  }
}

/** The list as the profile has it, with the name that it has now, and without hops that are gone. */
function asWanted(list: NextHopList, wanted: NextHopList, hopIds: ReadonlySet<string>): NextHopList {
  const gone = wanted.hopIds.filter((id) => !hopIds.has(id))
  const left = gone.reduce(withoutHop, wanted)
  return left.hopIds.length === 0 ? list : { ...left, name: list.name }
}

function removeProfile(config: Config, id: string): Edit<Restore> {
  const index = config.profiles.findIndex((profile) => profile.id === id)
  const profile = config.profiles[index]
  if (!profile) throw notFound(say('There is no such profile: it may have been removed already'))
  const { activeProfileId, ...rest } = config
  return {
    config: {
      ...rest,
      profiles: config.profiles.toSpliced(index, 1),
      ...(activeProfileId !== undefined && activeProfileId !== id && { activeProfileId }),
    },
    value: (later) => ({
      ...later,
      profiles: putBack(later.profiles, profile, index),
      ...(activeProfileId === id && { activeProfileId: id }),
    }),
  }
}
