import { describe, expect, it } from 'vitest'
import {
  checkCondition,
  emptyCondition,
  toConditionDraft,
} from '../../renderer/views/conditions/condition-draft.ts'
import { conditionName, conditionSummary } from '../../renderer/views/conditions/condition-text.ts'
import { laterTexts } from '../../renderer/texts/later.ts'
import { makeCondition } from '../support/conditions.ts'

const whole = makeCondition({
  id: 'c',
  name: 'Night',
  client: ['10.0.0.0/8', '192.0.2.7'],
  destination: ['*.example.com', '10.0.0.1', 'fd00::/8'],
  port: ['443', '8000-8099'],
  protocol: ['tls', 'unknown'],
  time: { from: '22:00', to: '06:00', days: ['fri', 'sat'] },
  route: { kind: 'direct' },
})

describe('the form of a condition', () => {
  it('holds all of it, and gives it back', () => {
    expect(checkCondition(toConditionDraft(whole), '')).toEqual({ ok: true, condition: whole })
  })

  it.each([
    [{ port: '80' }, ['route'], 'Choose one'],
    [{ port: '80', route: 'chain:h1' }, ['route', 'hopIds'], 'Chain needs at least two next hops'],
    [{ route: 'direct' }, [], 'Condition names nothing to look at'],
    [{ route: 'direct', client: '10.0.0.1, nobody' }, ['client', 1], 'Network "nobody" is not'],
    [{ route: 'direct', port: '80, 90 - 80' }, ['port', 1], 'Port "90 - 80" is not'],
    [{ route: 'direct', isTimed: true, from: '' }, ['time', 'from'], 'From must be a time of day'],
  ])('says what is wrong with %j', (fields, path, message) => {
    const checked = checkCondition({ ...emptyCondition('c'), ...fields }, 'Choose one')
    const [issue] = checked.ok ? [] : checked.issues
    expect(issue?.path).toEqual(path)
    expect(issue?.message).toContain(message)
  })

  it('takes spaces, commas and lines between entries', () => {
    const draft = { ...emptyCondition('c'), route: 'block', client: '10.0.0.1\n10.0.0.2,10.0.0.3 ::1' }
    const checked = checkCondition(draft, '')
    expect(checked.ok && checked.condition.client).toHaveLength(4)
  })
})

describe('a condition in words', () => {
  it('names what it looks at, and not more than two of each', () => {
    expect(conditionSummary(laterTexts.en.conditions, whole)).toBe(
      'from 10.0.0.0/8, 192.0.2.7, to *.example.com, 10.0.0.1, 1 more, port 443, 8000-8099, speaks tls, unknown, ' +
        'Fri Sat 22:00–06:00',
    )
    expect(conditionSummary(laterTexts.de.conditions, whole)).toContain(
      'spricht tls, unknown, Fr Sa 22:00–06:00',
    )
  })

  it('is called by its name, where it has one', () => {
    const { name: _name, ...nameless } = whole
    expect(conditionName(laterTexts.en.conditions, whole)).toBe('Night')
    expect(conditionName(laterTexts.en.conditions, nameless)).toMatch(/^from 10/)
  })
})
