import { render } from "preact";
import { ComparePage } from "./compare/page.tsx";
import "./choices.css";
import "./common.css";
import "./compare/page.css";
import "./compare/reading.css";
import "./compare/files.css";

const root = document.getElementById("page");
if (root !== null) render(<ComparePage />, root);
