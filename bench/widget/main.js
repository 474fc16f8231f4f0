// The smallest page that shows MX's widget at its search: no member yet, and a few popular institutions.
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { ApiProvider, ConnectWidget } from "@mxenabled/connect-widget";
import "@mxenabled/connect-widget/dist/style.css";

const institutions = Array.from({ length: 8 }, (_, place) => ({
  guid: `INS-${place}`,
  code: `bank_${place}`,
  name: `Bank ${place}`,
  url: "https://bank.example",
  popularity: 100 - place,
  logo_url: "/logo.svg",
  supports_oauth: false,
}));
const api = {
  loadMembers: async () => [],
  loadPopularInstitutions: async () => institutions,
  loadDiscoveredInstitutions: async () => [],
  loadInstitutions: async () => institutions,
};
const profiles = {
  client: { guid: "CLT-1", name: "Acme" },
  clientProfile: { uses_oauth: true },
  user: { guid: "USR-1" },
  userProfile: {},
  widgetProfile: {},
};
createRoot(document.getElementById("root")).render(
  createElement(ApiProvider, { apiValue: api },
    createElement(ConnectWidget, {
      clientConfig: { mode: "aggregation", ui_message_version: 4 },
      language: { locale: "en" },
      onPostMessage: () => {},
      profiles,
      userFeatures: [],
    })),
);
