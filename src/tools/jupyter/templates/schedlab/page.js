/* global document, window */
// The list of contents is closed on narrow pages, where it would push the results out of sight.
for (const contents of document.querySelectorAll(".contents")) {
  contents.open = window.matchMedia("(min-width: 1000px)").matches;
}

for (const button of document.querySelectorAll(".all-code")) {
  let isOpen = false;
  const show = button.textContent;
  button.addEventListener("click", () => {
    isOpen = !isOpen;
    for (const code of document.querySelectorAll("details.code")) code.open = isOpen;
    button.textContent = isOpen ? button.dataset.hide : show;
  });
}
