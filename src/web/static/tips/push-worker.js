// Wakes up when a push comes, says that there is news, and opens the page where a receipt is typed. It keeps nothing,
// answers no request, and knows neither receipt nor message: its words stand in the address that it was loaded from.
const words = new URL(self.location.href).searchParams

self.addEventListener('push', (event) => {
  event.waitUntil(
    self.registration.showNotification(words.get('title') ?? 'Assay', {
      body: words.get('body') ?? '',
      lang: words.get('lang') ?? '',
      dir: words.get('dir') ?? 'auto',
      // One notice, however many pushes: a telling that was sent twice shows once.
      tag: 'news',
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow(`/tips/status?lang=${encodeURIComponent(words.get('lang') ?? '')}`))
})
