// Sends a chosen file, or a recording, in parts. When the line breaks it waits and goes on where the server says that it stopped.
'use strict';
const page = document.getElementById('large');
const said = document.getElementById('said');
const bar = document.getElementById('bar');
const base = page.dataset.base;
const part = 256 * 1024;
const words = (key, ...holes) => holes.reduce((text, hole, i) => text.replace(`{${i}}`, hole), page.dataset[key]);
const wait = seconds => new Promise(done => setTimeout(done, seconds * 1000));

async function call(path, options) {
  const answer = await fetch(base + path, { credentials: 'same-origin', ...options });
  if (!answer.ok) throw Object.assign(new Error(), { status: answer.status });
  return answer.text();
}

async function send(blob, name) {
  bar.hidden = false;
  bar.max = blob.size;
  let at = 0;
  const began = Date.now();
  let upload;
  try {
    upload = await call('', { method: 'POST', body: new URLSearchParams({ name }) });
    for (let pause = 1; at < blob.size;) {
      try {
        at = Number(await call(`/${upload}?at=${at}`, { method: 'PUT', body: blob.slice(at, at + part) }));
        pause = 1;
        const left = (blob.size - at) * (Date.now() - began) / 1000 / at;
        said.textContent = words('sending', Math.round(100 * at / blob.size), left < 90 ? words('seconds', Math.ceil(left)) : words('minutes', Math.ceil(left / 60)));
      } catch (fault) {
        if (fault.status === 404) throw fault;
        said.textContent = words('waiting');
        await wait(pause = Math.min(30, pause * 2));
        try { at = Number(await call(`/${upload}`)); } catch (again) { if (again.status === 404) throw again; }
      }
      bar.value = at;
    }
    // Asked again where the answer was lost: it lies there once, however often it is ended.
    for (let pause = 1, tries = 1; ; tries++) {
      try {
        await call(`/${upload}`, { method: 'POST' });
        break;
      } catch (fault) {
        if (fault.status < 500) throw fault;
        if (tries === 20) throw Object.assign(new Error(), { unsure: true });
        said.textContent = words('waiting');
        await wait(pause = Math.min(30, pause * 2));
      }
    }
    said.textContent = words('kept', name);
  } catch (fault) {
    said.textContent = words(fault.unsure ? 'unsure' : fault.status === 413 ? 'size' : 'failed');
  }
  bar.hidden = true;
}

document.getElementById('send').addEventListener('click', () => {
  const file = document.getElementById('file').files[0];
  if (file) send(file, file.name); else said.textContent = words('none');
});

const record = document.getElementById('record');
let recorder;
if (navigator.mediaDevices && window.MediaRecorder) record.hidden = false;
record.addEventListener('click', async () => {
  if (recorder && recorder.state === 'recording') return recorder.stop();
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const heard = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener('dataavailable', part => heard.push(part.data));
    recorder.addEventListener('stop', () => {
      stream.getTracks().forEach(track => track.stop());
      record.textContent = words('record');
      const blob = new Blob(heard, { type: recorder.mimeType });
      const listen = document.getElementById('listen');
      listen.src = URL.createObjectURL(blob);
      listen.hidden = false;
      const sendVoice = document.getElementById('voice');
      sendVoice.hidden = false;
      sendVoice.onclick = () => send(blob, 'voice.' + (recorder.mimeType.includes('ogg') ? 'ogg' : recorder.mimeType.includes('mp4') ? 'm4a' : 'webm'));
    });
    recorder.start();
    record.textContent = words('stop');
  } catch {
    said.textContent = words('microphone');
  }
});
page.hidden = false;
