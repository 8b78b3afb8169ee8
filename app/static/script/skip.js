// The skip link moves the focus too, not only the view: some readers stay at the link otherwise.

export const moveFocus = () => {
  const main = document.getElementById("main");
  document.querySelector("a[href='#main']")?.addEventListener("click", () => main?.focus());
};
