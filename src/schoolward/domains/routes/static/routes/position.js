// Takes the phone's position into the two fields; nothing is sent before the form is.
const button = document.querySelector("[data-position]");
const latitude = document.querySelector("[data-latitude]");
const longitude = document.querySelector("[data-longitude]");
const said = document.querySelector("[data-position-said]");
if (button && latitude && longitude && said && navigator.geolocation) {
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = "…";
    navigator.geolocation.getCurrentPosition(
      (found) => {
        latitude.value = found.coords.latitude.toFixed(6);
        longitude.value = found.coords.longitude.toFixed(6);
        said.textContent = `± ${Math.round(found.coords.accuracy)} m`;
      },
      () => {
        said.textContent = button.dataset.failed;
        latitude.focus();
      },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}
