// Sets the theme that was chosen before the first paint: the shell loads it as a plain script in its head.
try {
  const theme = localStorage.getItem("filmgate-theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the system's theme stands.
}
