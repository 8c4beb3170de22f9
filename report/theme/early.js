// Before anything is painted: the page can show what needs a script, in light or dark as the reader chose it last.
document.documentElement.classList.add("scripted");
try {
  const theme = localStorage.getItem("briefing-theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch { /* a file opened from disk may have no storage */ }
