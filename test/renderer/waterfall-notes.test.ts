import { mount, unmount } from 'svelte'
import { afterEach, expect, it } from 'vitest'
import Waterfall from '../../renderer/lib/Waterfall.svelte'
import { de } from '../../renderer/texts/de.ts'
import { en } from '../../renderer/texts/en.ts'
import type { StageRecord } from '../../shared/runtime.ts'

let shown: ReturnType<typeof mount> | undefined

afterEach(async () => {
  if (shown) await unmount(shown)
})

const stages: readonly StageRecord[] = [
  { stage: 'accept', startedAt: 1, durationMs: 1, note: '127.0.0.1:4000' },
  {
    stage: 'greet',
    startedAt: 2,
    note: 'wants no login',
    notes: [{ code: 'hop-said', answer: 'wants-no-login' }],
  },
]

it.each([
  [en, ['127.0.0.1:4000', 'wants no login']],
  [de, ['127.0.0.1:4000', 'will keine Anmeldung']],
])('what stages note is in the language of the window', (t, notes) => {
  document.body.innerHTML = ''
  shown = mount(Waterfall, { target: document.body, props: { label: 'Stages', stages, t } })
  expect([...document.querySelectorAll('p')].map(({ textContent }) => textContent)).toEqual(notes)
  const tip = document.querySelectorAll('li')[1]?.getAttribute('title')
  expect(tip?.split('\n').at(-1)).toBe(notes[1])
})
