// The dashboard as a tab: sign in with the token Teams has for whoever is there, then go on to the dashboard itself.
"use strict";

function show(name, detail) {
  for (const section of document.querySelectorAll("section")) section.hidden = section.id !== name;
  const line = document.getElementById("detail");
  line.textContent = detail || "";
  line.hidden = !detail;
}

// What is in the way, as the name of the section that says so; "" when nothing is.
async function answer(url, options) {
  const response = await fetch(url, options);
  return (await response.json()).why;
}

async function enter() {
  try {
    await microsoftTeams.app.initialize();
  } catch (error) {
    return show("outside", "");
  }
  let token;
  try {
    token = await microsoftTeams.authentication.getAuthToken();
  } catch (error) {
    return show("refused", `Teams says: ${error.message || error}`);
  }
  const headers = { Authorization: `Bearer ${token}` };
  const why = (await answer("/dashboard/teams/enter", { method: "POST", headers })) || (await answer("/dashboard/teams/kept"));
  if (why) return show(why, "");
  location.replace("/dashboard/");
}

enter().catch((error) => show("refused", String(error)));
