import { describe, expect, it } from 'vitest'
import { UsageError, type Command } from '../../../main/headless/command.ts'
import { parseArguments } from '../../../main/headless/parse-arguments.ts'

const command: Command = {
  name: 'try',
  summary: 'Tries.',
  operands: [
    { name: 'FROM', summary: 'where from' },
    { name: 'TO', summary: 'where to' },
  ],
  options: {
    via: { type: 'string', value: 'URL', multiple: true, summary: 'through' },
    user: { type: 'string', value: 'NAME', summary: 'who' },
    retries: { type: 'string', value: 'N', summary: 'how often' },
    direct: { type: 'boolean', summary: 'straight' },
  },
  notes: [],
  examples: [],
  run: () => Promise.resolve(0),
}

describe('parseArguments', () => {
  it('gives operands and options wherever they stand', () => {
    const given = parseArguments(command, ['a', '--via', 'x', '--json', 'b', '--via=y', '--user=z'])
    expect(given.operands).toEqual(['a', 'b'])
    expect(given.texts('via')).toEqual(['x', 'y'])
    expect(given.text('user')).toBe('z')
    expect(given.flag('json')).toBe(true)
    expect(given.flag('direct')).toBe(false)
    expect(given.texts('user')).toEqual(['z'])
  })

  it('takes what stands behind -- as operands', () => {
    expect(parseArguments(command, ['--', '-a', '--via']).operands).toEqual(['-a', '--via'])
  })

  it('takes a value that starts with a dash where it is part of the option', () => {
    expect(parseArguments(command, ['a', 'b', '--user=-x']).text('user')).toBe('-x')
  })

  it('takes a number below zero for a value, where numbers are', () => {
    expect(parseArguments(command, ['a', 'b', '--retries', '-1']).text('retries')).toBe('-1')
  })

  it('asks for no operands where help is wanted', () => {
    expect(parseArguments(command, ['-h']).flag('help')).toBe(true)
  })

  it.each([
    [[], 'FROM is missing: where from'],
    [['a'], 'TO is missing: where to'],
    [['a', 'b', 'c'], 'there are too many arguments: this command takes FROM and TO, besides its options'],
    [['--vai', 'x'], 'there is no option --vai; did you mean --via?'],
    [['--password', 'x'], 'there is no option --password'],
    [['-x'], 'there is no option -x'],
    [['--constructor'], 'there is no option --constructor'],
    [['--via'], '--via needs a value: --via URL'],
    [['--via='], '--via needs a value: --via URL'],
    [['--via', '--direct'], '--via needs a value: --via URL'],
    [['--user', '-1'], '--user needs a value: --user NAME'],
    [['--retries', '--direct'], '--retries needs a value: --retries N'],
    [['--direct=yes'], '--direct takes no value'],
    [['--user', 'a', '--user', 'b'], '--user is given twice: keep one'],
  ])('refuses %j', (args, message) => {
    expect(() => parseArguments(command, args)).toThrow(new UsageError(message))
  })

  it('never repeats a value, which may hold a password', () => {
    const wrong = [
      ['--vai=socks5://ann:topsecret@h'],
      ['a', 'b', 'socks5://ann:topsecret@h'],
      ['--direct=topsecret'],
      ['--user', 'topsecret', '--user', 'topsecret'],
    ]
    for (const args of wrong) {
      expect(() => parseArguments(command, args)).toThrow(expect.not.stringContaining('topsecret'))
      expect(() => parseArguments(command, args)).toThrow(UsageError)
    }
  })
})
