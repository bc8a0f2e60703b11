// Buttons beside each mode count hands up and down; without this file the numbers are typed.
const tally = document.querySelector("[data-tally]");
if (tally) {
  const fields = [...tally.querySelectorAll("input")];
  const sum = tally.querySelector("[data-tally-sum]");
  const enrolled = document.querySelector("input[name='enrolled']");
  const told = tally.querySelector("[data-tally-enrolled]");
  const show = () => {
    const hands = fields.reduce((total, field) => total + (Number(field.value) || 0), 0);
    const most = Number(enrolled?.value) || 0;
    sum.textContent = String(hands);
    told.textContent = most ? String(most) : "–";
    sum.parentElement.classList.toggle("tally-sum--over", most > 0 && hands > most);
  };
  for (const button of tally.querySelectorAll("[data-by]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.for);
      field.value = String(Math.max(0, (Number(field.value) || 0) + Number(button.dataset.by)));
      show();
    });
  }
  for (const field of [...fields, enrolled]) field?.addEventListener("input", show);
  show();
}
