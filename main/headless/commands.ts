import type { Command } from './command.ts'
import { check } from './commands/check.ts'
import { completion } from './commands/completion.ts'
import { demo } from './commands/demo.ts'
import { doctor } from './commands/doctor.ts'
import { forward } from './commands/forward.ts'
import { importCommand } from './commands/import.ts'
import { man } from './commands/man.ts'
import { serve } from './commands/serve.ts'
import { totals } from './commands/totals.ts'
import { validate } from './commands/validate.ts'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  forward,
  serve,
  check,
  doctor,
  validate,
  totals,
  importCommand,
  demo,
  completion,
  man,
]
