/**
 * For each address of the desk that names a thing: one that belongs to South, for everybody else to be refused. Whoever
 * adds a route with a parameter adds a line.
 */
import type { DeskSite } from '../desk-site.ts'

type Desk = Pick<DeskSite, 'needs' | 'people' | 'organisations'>

/** By route, the values of its parameters. */
export const foreignThings: Record<string, (desk: Desk) => Promise<Record<string, string>>> = {}

/** Fields that the forms of the desk send, each with a thing of South's. */
export function foreignFields({ people }: Desk): Record<string, string> {
  return {
    person: people.southChecker.id,
    email: people.southChecker.email,
    passkeyId: 'passkey-of-south',
    session: people.southChecker.formToken,
  }
}

/** What of South may be in no answer to North: names, addresses, ids. The organisations' own names are public. */
export function marksOfSouth({ people, organisations }: Desk): string[] {
  const persons = [people.southLead, people.southChecker]
  return [
    organisations.south,
    ...persons.flatMap(({ id, name, email, session }) => [id, name, email, session]),
  ]
}
