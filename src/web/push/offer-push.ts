/**
 * The script of an opened receipt, and of no other page: offers to be told by push in this browser. It is loaded
 * from here, asks nobody but this site and the browser's own push service, and runs nothing before a button is pressed.
 */

async function ask(box: HTMLElement): Promise<void> {
  const { key, worker } = box.dataset
  const registration = await navigator.serviceWorker.register(worker!, { scope: '/tips/' })
  await navigator.serviceWorker.ready.catch(() => undefined)
  const subscription = await subscribe(registration, bytesOf(key!))
  await send(box, subscription.toJSON())
}

/** A subscription for another key of this site, from before its secret changed, makes room. */
async function subscribe(
  registration: ServiceWorkerRegistration,
  key: Uint8Array,
): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey: new Uint8Array(key) }
  const known = await registration.pushManager.getSubscription()
  const kept = known?.options.applicationServerKey
  if (known && kept && !sameBytes(new Uint8Array(kept), key)) await known.unsubscribe()
  return registration.pushManager.subscribe(options)
}

async function send(box: HTMLElement, subscription: PushSubscriptionJSON | null): Promise<void> {
  const response = await fetch('/api/v1/tips/push', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ receipt: box.dataset.receipt, subscription }),
  })
  if (!response.ok) throw new Error(`${response.status}`)
}

function bytesOf(base64url: string): Uint8Array {
  return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  )
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}

function start(box: HTMLElement): void {
  const part = <T extends HTMLElement>(name: string) => box.querySelector<T>(`[data-part="${name}"]`)!
  const said = part('said')
  const buttons = { on: part<HTMLButtonElement>('on'), off: part<HTMLButtonElement>('off') }

  function show(state: 'on' | 'off' | 'failed'): void {
    said.textContent = said.dataset[state] ?? ''
    if (state === 'failed') return
    buttons.on.hidden = state === 'on'
    buttons.off.hidden = state === 'off'
  }

  function press(button: HTMLButtonElement, work: () => Promise<void>, then: 'on' | 'off'): void {
    button.addEventListener('click', () => {
      button.disabled = true
      work()
        .then(
          () => show(then),
          () => show('failed'),
        )
        .finally(() => {
          button.disabled = false
        })
    })
  }

  press(buttons.on, () => ask(box), 'on')
  press(buttons.off, () => send(box, null), 'off')
  show(box.dataset.state === 'on' ? 'on' : 'off')
  box.hidden = false
}

const box = document.querySelector<HTMLElement>('[data-part="push"]')
if (box && 'serviceWorker' in navigator && 'PushManager' in window) start(box)
