import type { Profile } from '../../../shared/model/profile.ts'
import type { ConfigView } from '../../../shared/runtime.ts'
import type { MenuItem } from '../../lib/Menu.svelte'
import type { App } from '../../state/app.svelte.ts'

/** A profile of the rules that are on, and of the lists as they are. */
export function profileOfNow(
  { rules, lists }: ConfigView,
  { id, name, withLists }: { readonly id: string; readonly name: string; readonly withLists: boolean },
): Profile {
  return {
    id,
    name,
    ruleIds: rules.filter(({ enabled }) => enabled).map((rule) => rule.id),
    lists: withLists ? [...lists] : [],
  }
}

/** What can be done with profiles, in groups. */
export function profileMenu(app: App, config: ConfigView): MenuItem[][] {
  const { profiles, activeProfileId } = config
  const texts = app.t.profiles
  const active = profiles.find(({ id }) => id === activeProfileId)
  return [
    profiles.map((profile) => ({
      label: texts.use(profile.name),
      ...(profile.id === activeProfileId && { icon: 'check' as const }),
      onselect: () => void use(app, profile),
    })),
    [
      {
        label: texts.save,
        icon: 'plus',
        onselect: () => {
          app.dialogs.show({ kind: 'save-profile' })
        },
      },
      ...(active
        ? [
            {
              label: texts.update(active.name),
              icon: 'save' as const,
              onselect: () => void update(app, config, active),
            },
          ]
        : []),
    ],
    active
      ? [
          {
            label: texts.remove(active.name),
            icon: 'trash',
            danger: true,
            onselect: () => void remove(app, active),
          },
        ]
      : [],
  ]
}

async function use(app: App, { id, name }: Profile): Promise<void> {
  if (await app.run('profile.use', { id })) app.toasts.show(app.t.profiles.used(name))
}

async function update(app: App, config: ConfigView, { id, name, lists }: Profile): Promise<void> {
  const profile = profileOfNow(config, { id, name, withLists: lists.length > 0 })
  if (await app.run('profile.save', { profile })) app.toasts.show(app.t.profiles.updated(name))
}

async function remove(app: App, { id, name }: Profile): Promise<void> {
  const removed = await app.run('profile.remove', { id })
  if (removed) app.offerUndo(app.t.profiles.removed(name), removed.trashId)
}
