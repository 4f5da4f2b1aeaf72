// Words that every page uses.
export default {
  unreachable: "No answer from filmgate. Is it still running? Nothing was changed by this page.",
  try_again: "Try again", copy: "Copy", copied: "Copied", copy_failed: "Select and copy by hand", keep: "Keep it", close: "Close",
  remove: "Remove", more: "More", older: "Older", required: "required",
  signed_in: "Signed in as {name}", sign_out: "Sign out", to_light: "Light theme", to_dark: "Dark theme", menu: "Menu", credits_left: "credits",
  credits: { one: "{n} credit", other: "{n} credits" }, seconds: { one: "{n} second", other: "{n} seconds" }, s: "{n} s",
  "phase.queued": "Queued", "phase.sending": "Sending", "phase.in_doubt": "In doubt", "phase.running": "Running", "phase.storing": "Copying",
  "phase.succeeded": "Done", "phase.failed": "Failed", "phase.cancelled": "Cancelled", "phase.open": "Open",
};
