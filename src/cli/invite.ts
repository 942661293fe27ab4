/** `assay invite`: a one-time link by which a person comes to the desk, or comes back when everything is lost. */
import { type Command, Option } from 'commander'
import { type Role, roles } from '#domain/actor.ts'
import { invitationDays, inviteByOperator, parseInvited } from '#flows/admit-person/invite.ts'
import type { CliContext } from './context.ts'

interface InviteOptions {
  organisation?: string
  role: Role
  json?: boolean
}

export function inviteCommand(program: Command, context: CliContext): void {
  program
    .command('invite')
    .description(
      'print a one-time link by which somebody joins an organisation, which is made when it is not there',
    )
    .argument('<email>', 'their mail address; nothing is sent to it')
    .option('--organisation <name>', 'the organisation that they join; an operator joins none')
    .addOption(new Option('--role <role>', 'what they may do there').choices(roles).makeOptionMandatory())
    .option('--json', 'print one JSON object')
    .action(async (email: string, { organisation, role, json }: InviteOptions) => {
      const given = parseInvited({ organisation: organisation ?? null, role, email })
      const invited = await context.withDatabase((needs) => inviteByOperator(needs, given))
      if (!json) context.note(`For ${email}, once, within ${invitationDays} days:`)
      context.out(json ? JSON.stringify(invited) : invited.link)
    })
}
