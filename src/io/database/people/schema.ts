/** The tables of organisations and people as Kysely sees them (migrations/0004-people.sql, 0011-shared-copies.sql). */
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Role } from '#domain/actor.ts'
import type { OrganisationId, PersonId } from '#domain/ids.ts'
import type { OrganisationProfile, RatingScale } from '#domain/organisation.ts'
import type { PersonState } from '#domain/person.ts'

type Time = ColumnType<Date, Date, Date>
type TimeOrNull = ColumnType<Date | null, Date | null, Date | null>

export interface PeopleTables {
  organisations: {
    id: OrganisationId
    short_name: string
    name: string
    profile: JSONColumnType<OrganisationProfile>
    rating_scale: JSONColumnType<RatingScale>
    show_names: Generated<boolean>
    share_copies: Generated<boolean>
    version: Generated<number>
    created_at: Time
  }
  people: {
    id: PersonId
    organisation_id: OrganisationId | null
    role: Role
    email: string
    name: string
    state: PersonState
    password_hash: string | null
    totp_secret: Buffer | null
    totp_step: number | null
    failures: Generated<number>
    failed_at: TimeOrNull
    created_at: Time
  }
  passkeys: {
    id: string
    person_id: PersonId
    public_key: Buffer
    counter: number
    transports: string[]
    name: string
    created_at: Time
    used_at: TimeOrNull
  }
  spent_challenges: { challenge: string; expires_at: Time }
  recovery_codes: { mac: Buffer; person_id: PersonId }
  invitations: {
    mac: Buffer
    organisation_id: OrganisationId | null
    role: Role
    email: string | null
    created_at: Time
    expires_at: Time
  }
  sessions: {
    mac: Buffer
    id: string
    person_id: PersonId
    created_at: Time
    used_at: Time
    expires_at: Time
  }
}
