// A tap on the plan of a site fills the two fields that say where a photograph was taken.
export function start() {
  for (const figure of document.querySelectorAll("[data-pin]")) {
    const plan = figure.querySelector("img");
    const pin = figure.querySelector(".site-plan-pin");
    const across = document.querySelector("input[name='across']");
    const down = document.querySelector("input[name='down']");
    if (!plan || !pin || !across || !down) continue;
    const show = () => {
      pin.hidden = !across.value || !down.value;
      pin.style.left = `${(plan.offsetWidth * Number(across.value)) / 100}px`;
      pin.style.top = `${(plan.offsetHeight * Number(down.value)) / 100}px`;
    };
    plan.addEventListener("click", (event) => {
      const frame = plan.getBoundingClientRect();
      across.value = (((event.clientX - frame.left) / frame.width) * 100).toFixed(1);
      down.value = (((event.clientY - frame.top) / frame.height) * 100).toFixed(1);
      show();
    });
    for (const field of [across, down]) field.addEventListener("input", show);
    if (plan.complete) show();
    else plan.addEventListener("load", show);
  }
}
