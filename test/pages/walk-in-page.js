// The part of walk-by-tab.ts that runs inside the page: it numbers the stops, notes each focus, and tells what was wrong.
const focusable =
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex="-1"])'
const steps = []

/** Of a group of radio buttons Tab stops at the chosen one, or at the first. */
function isStop(element) {
  if (document.querySelector('dialog:modal')?.contains(element) === false) return false
  if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(':disabled')) return false
  if (element.type !== 'radio') return true
  const group = [...(element.form ?? document).querySelectorAll(`input[type=radio][name="${element.name}"]`)]
  return element === (group.find((one) => one.checked) ?? group[0])
}

function isInSight(element) {
  element.focus()
  return [...element.getClientRects()].some((box) => {
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 40) / 2)
    return hit !== null && (element.contains(hit) || hit.contains(element))
  })
}

document.addEventListener('focusin', ({ target }) => {
  const { outlineStyle, outlineWidth } = getComputedStyle(target)
  const marked = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  steps.push({ at: Number(target.dataset.stop ?? -1), marked })
})

globalThis.beginWalk = () => {
  for (const details of document.querySelectorAll('details')) details.open = true
  const stops = [...document.querySelectorAll(focusable)].filter(isStop)
  stops.forEach((element, at) => {
    element.dataset.stop = at
  })
  stops[0]?.focus()
  // Browsers mark what the keyboard leads to; the first is given by this script.
  steps.splice(0, steps.length, { at: 0, marked: true })
  return { count: stops.length, dates: stops.filter((one) => one.matches('[type=date]')).length }
}

globalThis.endWalk = () => {
  const all = [...document.querySelectorAll('[data-stop]')]
  const now = [...document.querySelectorAll(focusable)].filter(isStop)
  for (const element of all) delete element.dataset.stop
  // A script that came meanwhile has put something there, or closed what was opened.
  if (all.length !== now.length || all.some((element, at) => element !== now[at])) return null
  const named = (at) => all[at]?.outerHTML.slice(0, 120) ?? 'something else'
  const reached = new Set(steps.map(({ at }) => at))
  // A date field that is written by a script while it has the focus says once more that it has it.
  const once = steps.filter(({ at }, step) => at !== steps[step - 1]?.at).slice(0, all.length)
  return {
    unreached: all.flatMap((_, at) => (reached.has(at) ? [] : [named(at)])),
    outOfOrder: once.flatMap(({ at }, place) => (at === place ? [] : [named(at)])),
    unmarked: steps.flatMap(({ at, marked }) => (marked ? [] : [named(at)])),
    twice: [...document.querySelectorAll('[id]')].flatMap((element) =>
      document.getElementById(element.id) === element ? [] : [element.id],
    ),
    outOfSight: all.flatMap((element, at) => (isInSight(element) ? [] : [named(at)])),
  }
}
