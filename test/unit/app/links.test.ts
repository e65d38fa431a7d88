import { expect, it } from 'vitest'
import { createEventHub } from '../../../main/app/event-hub.ts'
import { createLinks } from '../../../main/app/links.ts'
import type { AppEvent } from '../../../shared/contract.ts'

function rig() {
  const events: AppEvent[] = []
  const hub = createEventHub()
  hub.subscribe([], (event) => events.push(event))
  const links = createLinks(hub)
  return { links, events, take: () => links.handlers['link.take']({}) }
}

it('keeps a link until it is taken, once', () => {
  const { links, take } = rig()
  expect(take()).toEqual({})
  expect(links.offer('socks5://ann:secret@10.0.0.5')).toBe(true)
  expect(take()).toEqual({ url: 'socks5://ann:secret@10.0.0.5' })
  expect(take()).toEqual({})
})

it('tells that there is a link, and nothing of it', () => {
  const { links, events } = rig()
  links.offer('socks5://ann:secret@10.0.0.5')
  expect(events).toEqual([{ seq: 1, name: 'link.offered', data: {} }])
})

it.each(['socks5://', 'http://10.0.0.5:1080', 'socks5://a:0', '--quit'])('does not take %s', (url) => {
  const { links, events, take } = rig()
  expect(links.offer(url)).toBe(false)
  expect(events).toEqual([])
  expect(take()).toEqual({})
})
