using System.Security.Cryptography;
using System.Text;

namespace Probity.Intake.Pages;

/// <summary>The style of the pages: small enough to come with each, so that a page is one answer and leaves nothing else behind. The policy names it by its hash.</summary>
internal static class Look
{
    /// <summary>The style sheet.</summary>
    public const string Style =
        "*{box-sizing:border-box}[hidden]{display:none!important}body{margin:0;font:1.0625rem/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff}"
        + "header,main,footer{max-width:42rem;margin:0 auto;padding:.75rem 1rem}"
        + "header{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;border-bottom:1px solid #c8c8c8}"
        + ".out{background:#8c1c13;color:#fff;padding:.6rem 1rem;border-radius:4px;text-decoration:none;font-weight:600;margin-left:auto}"
        + "nav ul{display:flex;gap:1rem;list-style:none;margin:0;padding:0}"
        + ".first{position:absolute;width:1px;height:1px;padding:0;overflow:hidden;clip-path:inset(50%)}"
        + "h1{font-size:1.6rem;line-height:1.25;margin:1rem 0}h2{font-size:1.2rem;margin:1.5rem 0 .5rem}"
        + "a{color:#0b4f8a}a:focus,button:focus,input:focus,textarea:focus,summary:focus{outline:3px solid #e0a100;outline-offset:2px}"
        + ".warn{border-left:6px solid #8c1c13;background:#fbeeec;padding:.75rem 1rem;margin:1rem 0;font-weight:600}"
        + ".note{border-left:6px solid #0b4f8a;background:#eef4fa;padding:.75rem 1rem;margin:1rem 0}"
        + ".fault{border:3px solid #8c1c13;padding:.75rem 1rem;margin:1rem 0}.bad{color:#8c1c13;font-weight:600;display:block}"
        + "label,legend{font-weight:600;display:block}fieldset{border:0;padding:0;margin:1.25rem 0}.field{margin:1.25rem 0}"
        + ".hint{color:#4a4a4a;display:block;font-weight:400}"
        + "input[type=text],textarea,input[type=file]{width:100%;font:inherit;padding:.5rem;border:2px solid #4a4a4a;border-radius:0;background:#fff}textarea{min-height:6rem}"
        + ".tick{display:flex;gap:.6rem;align-items:flex-start;margin:.35rem 0;font-weight:400;min-height:24px}.tick input{width:1.25rem;height:1.25rem;margin-top:.15rem;flex:none}.in{margin-left:1.75rem}.two{margin-left:3.5rem}"
        + "button,.go{display:inline-block;font:inherit;font-weight:600;background:#0b5d3b;color:#fff;border:0;border-radius:4px;padding:.7rem 1.2rem;text-decoration:none;cursor:pointer}nav button{background:none;color:#0b4f8a;padding:0;font-weight:400;text-decoration:underline}"
        + ".ways{list-style:none;padding:0}.ways li{border:1px solid #c8c8c8;border-radius:4px;margin:.5rem 0}.ways a{display:block;padding:.7rem 1rem;font-weight:600;text-decoration:none}.ways a b{text-decoration:underline}.ways span{display:block;font-weight:400;color:#4a4a4a}"
        + ".code{font-size:1.3rem;font-weight:700;border:3px solid #0b5d3b;padding:1rem 1rem 1rem 3rem;margin:1rem 0}@media(min-width:30rem){.code{columns:2;column-gap:3rem}}"
        + ".said{border:1px solid #c8c8c8;border-radius:4px;padding:.5rem 1rem;margin:.75rem 0;white-space:pre-wrap;overflow-wrap:anywhere}.said b{display:block}"
        + "dt{font-weight:600}dd{margin:0 0 .6rem}table{border-collapse:collapse}td,th{text-align:left;padding:.25rem 1rem .25rem 0;border-bottom:1px solid #c8c8c8}"
        + "footer{border-top:1px solid #c8c8c8;color:#4a4a4a;font-size:.95rem}";

    /// <summary>The style element, as it stands in each page.</summary>
    public static readonly string Element = $"<style>{Style}</style>";

    /// <summary>What a page may load and do: nothing but its own style, forms to itself.</summary>
    public static readonly string Policy =
        $"default-src 'none'; script-src 'none'; img-src data:; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
}
