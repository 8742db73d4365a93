const reloadsKey = 'weighbridge-reloads';
const maxReloads = 3;
const pauseMs = 600;
const forgetMs = 20_000;

/**
 * Loads a part of the client. Where that fails (the network changed, or the server was updated and the old parts are gone) the page is
 * loaded anew, which finds the right ones. After three times in twenty seconds the failure is thrown.
 */
export async function loadOrReload<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const recent = recentReloads();
    if (recent.length >= maxReloads) throw error;
    window.sessionStorage.setItem(reloadsKey, JSON.stringify([...recent, Date.now()]));
    // A network that changes does so in several steps.
    await new Promise((resume) => setTimeout(resume, pauseMs * (recent.length + 1)));
    window.location.reload();
    return new Promise<never>(() => undefined);
  }
}

function recentReloads(): number[] {
  const noted: unknown = JSON.parse(window.sessionStorage.getItem(reloadsKey) ?? '[]');
  return Array.isArray(noted) ? noted.filter((at): at is number => typeof at === 'number' && Date.now() - at < forgetMs) : [];
}
