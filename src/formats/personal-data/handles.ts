/** Names of accounts: @name, @name@host, and what stands behind "telegram:" and its like. */
import type { Finding } from '#domain/redaction.ts'

/** Not inside a word or an address, and not a version such as `npm@2`. */
const marked =
  /(?<![\p{L}\p{N}._%+@/-])[@＠][\p{L}\p{N}_](?:[\p{L}\p{N}_.-]{0,62}[\p{L}\p{N}_])?(?:@[\w.-]{1,100}\.\w{2,24})?/gu
const named =
  /(?:telegram|instagram|insta|snapchat|snap|tiktok|wechat|weixin|微信|微信號|line\s?id|line|discord|skype|twitter|kik|signal|vk|تيليجرام|تلغرام|انستغرام|إنستغرام|телеграм|инстаграм)(?:\s?(?:id|user|account|號|号|帳號))?\s?(?:[:：=]|(?<=\sid)\s)\s?([\w][\w.-]{2,40}\w)/giu

/** The address of an account; that of a post of a channel is a source, and stays. */
const profiles = /(?<![\p{L}\p{N}.-])t\.me\/\w{3,40}(?![\w/])/giu

/** In links too. */
export function findProfiles(text: string): Finding[] {
  return Array.from(text.matchAll(profiles), ({ 0: whole, index }) => ({
    kind: 'handle' as const,
    start: index,
    end: index + whole.length,
  }))
}

export function findHandles(text: string): Finding[] {
  const findings: Finding[] = []
  for (const { 0: whole, index } of text.matchAll(marked)) {
    if (/\p{L}|_/u.test(whole)) findings.push({ kind: 'handle', start: index, end: index + whole.length })
  }
  for (const { 0: whole, 1: name, index } of text.matchAll(named)) {
    const start = index + whole.length - name!.length
    findings.push({ kind: 'handle', start, end: index + whole.length })
  }
  return findings
}
