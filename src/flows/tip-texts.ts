/**
 * What a tip's sender wrote, sealed and opened: the content as it came, the content as the desk may see it, and reasons
 * for its grouping, all with one key of that tip. That key is wrapped by the master secret and by a key that fades.
 */
import type { Why } from '#domain/message.ts'
import type { OpenedTip, TipContent } from '#domain/tip.ts'
import type { PushSubscription } from '#formats/push/parse-subscription.ts'
import type { DueTelling } from '#io/database/tips/push-tellings.ts'
import type { SealedTip } from '#io/database/tips/tips.ts'
import { newItemKey, openWith, sealWith } from '#io/keys.ts'
import type { Needs } from './needs.ts'

/** Sealed texts are as long as the next of these: their length tells little of what was written. */
const paddedTo = 256
/** Longer than any subscription: their length would tell whose browser it is. */
const pushPaddedTo = 1_536

export interface SealedTexts {
  redacted: Uint8Array
  sealed: Uint8Array
  wrappedKey: Uint8Array
}

/** `fadingKey` as `needs.fadingKeys.make` gave it out for the tip. */
export function sealTip(
  { keys }: Pick<Needs, 'keys'>,
  fadingKey: Uint8Array,
  { original, redacted }: { original: TipContent; redacted: TipContent },
): SealedTexts {
  const key = newItemKey()
  return {
    redacted: sealJson(key, redacted),
    sealed: sealJson(key, original),
    wrappedKey: keys.seal('tip', sealWith(fadingKey, key)),
  }
}

/** As the desk reads them, in the order given; `content` is null where the key is gone. */
export async function openTips(
  needs: Pick<Needs, 'keys' | 'fadingKeys'>,
  tips: SealedTip[],
): Promise<OpenedTip[]> {
  const keys = await keysOf(needs, tips)
  return tips.map(
    ({ redacted, why, sealed: _sealed, wrappedKey: _wrapped, hasPush: _push, homes: _homes, ...tip }) => {
      const key = keys.get(tip.id)
      return {
        ...tip,
        content: key ? openJson<TipContent>(key, redacted) : null,
        why: (key && why && openJson<Why[]>(key, why)) || [],
      }
    },
  )
}

/** The message as it came, unredacted. Whoever calls this records why. Null where the key is gone. */
export async function openOriginal(
  needs: Pick<Needs, 'keys' | 'fadingKeys'>,
  tip: SealedTip,
): Promise<TipContent | null> {
  const key = (await keysOf(needs, [tip])).get(tip.id)
  return key ? openJson<TipContent>(key, tip.sealed) : null
}

/** Reasons, each sealed for its tip, in the order given. Null where there are none, or the key is gone. */
export async function sealWhys(
  needs: Pick<Needs, 'keys' | 'fadingKeys'>,
  reasons: { tip: SealedTip; why: Why[] | null }[],
): Promise<(Uint8Array | null)[]> {
  const sealed = reasons.filter(({ why }) => why !== null).map(({ tip }) => tip)
  const keys = await keysOf(needs, sealed)
  return reasons.map(({ tip, why }) => {
    const key = keys.get(tip.id)
    return (why && key && sealJson(key, why)) || null
  })
}

/** A browser's subscription, sealed with its tip. Null where the key is gone. */
export async function sealPush(
  needs: Pick<Needs, 'keys' | 'fadingKeys'>,
  tip: SealedTip,
  subscription: PushSubscription,
): Promise<Uint8Array | null> {
  const key = (await keysOf(needs, [tip])).get(tip.id)
  return key ? sealJson(key, subscription, pushPaddedTo) : null
}

/** Null where the key is gone. */
export async function openPush(
  needs: Pick<Needs, 'keys' | 'fadingKeys'>,
  { tipId, expiresOn, wrappedKey, push }: DueTelling,
): Promise<PushSubscription | null> {
  const key = (await keysOf(needs, [{ id: tipId, expiresOn, wrappedKey }])).get(tipId)
  return key ? openJson<PushSubscription>(key, push) : null
}

async function keysOf(
  { keys, fadingKeys }: Pick<Needs, 'keys' | 'fadingKeys'>,
  tips: Pick<SealedTip, 'id' | 'expiresOn' | 'wrappedKey'>[],
): Promise<Map<string, Uint8Array>> {
  const opened = new Map<string, Uint8Array>()
  for (const [expiresOn, group] of Map.groupBy(tips, (tip) => tip.expiresOn)) {
    const fading = await fadingKeys.find(
      expiresOn,
      group.map(({ id }) => id),
    )
    for (const { id, wrappedKey } of group) {
      const outer = fading.get(id)
      const inner = outer && keys.open('tip', wrappedKey)
      const key = outer && inner && openWith(outer, inner)
      if (key) opened.set(id, key)
    }
  }
  return opened
}

function sealJson(key: Uint8Array, value: unknown, length = paddedTo): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(value))
  const padded = Buffer.alloc(Math.ceil((bytes.length + 1) / length) * length, ' ')
  bytes.copy(padded)
  return sealWith(key, padded)
}

function openJson<T>(key: Uint8Array, sealed: Uint8Array): T | null {
  const bytes = openWith(key, sealed)
  return bytes && (JSON.parse(Buffer.from(bytes).toString()) as T)
}
